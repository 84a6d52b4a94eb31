"""The words of the page that shows a document: kinds, reasons, fields, in Chinese as its readers are."""

KINDS = {
    "heading": "标题",
    "paragraph": "段落",
    "list_item": "列表",
    "table": "表格",
    "code": "代码",
    "caption": "题注",
    "note": "注释",
}

REASONS = {
    "header": "页眉",
    "footer": "页脚",
    "page_number": "页码",
    "contents": "目录",
    "deleted": "已删除（修订）",
    "repeated": "重复出现",
    "invisible": "读者看不见",
    "placeholder": "占位提示",
    "illegible": "无法辨认",
}

FIELDS = {
    "format": "格式",
    "project": "项目",
    "customer": "客户",
    "doc_type": "类型",
    "version": "版本",
    "date": "日期",
    "author": "作者",
    "path": "路径",
    "id": "编号",
}

COUNTED = KINDS | {"rows": "表格行", "recognised": "图中识别", "left_out": "未纳入", "unread": "未读出"}
