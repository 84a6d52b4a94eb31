"""云陵电力知识工程POC项目: the documents of one invented project."""
