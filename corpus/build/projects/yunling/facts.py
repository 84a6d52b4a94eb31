"""What all documents of the project share."""

from company import DEPARTMENT

PROJECT = "云陵电力知识工程POC项目"
CUSTOMER = "云陵电力"
ORGANISATION = DEPARTMENT
ARCHITECT, MANAGER = "裴知微", "傅一帆"
