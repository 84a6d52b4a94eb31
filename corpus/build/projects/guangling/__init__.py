"""P8 广陵期货风控引擎信创改造 (the old engine is called 老槐)."""
