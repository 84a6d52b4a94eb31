"""禾川银行智算平台项目 (青禾): the documents of one invented project."""
