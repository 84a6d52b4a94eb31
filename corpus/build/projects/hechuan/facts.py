"""What all documents of the project share."""

from company import DEPARTMENT

PROJECT = "禾川银行智算平台项目"
CUSTOMER = "禾川银行"
ORGANISATION = DEPARTMENT
ARCHITECT, MANAGER = "沈知行", "陆婉宁"
