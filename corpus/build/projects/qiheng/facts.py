"""What all documents of the project share."""

from company import DEPARTMENT

PROJECT = "启衡保险智能体平台项目"
CUSTOMER = "启衡保险"
ORGANISATION = DEPARTMENT
ARCHITECT, MANAGER = "骆闻笛", "尹听澜"
