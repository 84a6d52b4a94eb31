"""The invented department that wrote every document of the corpus."""

COMPANY = "砚石智能科技有限公司"
DEPARTMENT = "砚石智能 金融解决方案部"
