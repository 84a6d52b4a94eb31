"""启衡保险智能体平台项目: the documents of one invented project."""
