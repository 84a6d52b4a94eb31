"""What all documents of the project share."""

PROJECT = "禾川银行智算平台项目"
CUSTOMER = "禾川银行"
ORGANISATION = "解决方案部 · 智算产品线"
ARCHITECT, MANAGER = "沈知行", "陆婉宁"
