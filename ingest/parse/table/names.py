"""The words by which columns of tables and fields of forms go."""

import re

_NAME = re.compile(
    r"(?:序号|编号|名称?|类[型别]|型号|数量?|[用容流]量|单位|单价|金额|说明|备注|描述|人|状态|时间|日期|指标|值|参数|内容|结果|要求|"
    r"步骤|规格|配置|风险|措施|等级|级别|项目?|经理|方式|地址|用途|版本|阶段|角色|职责|事项|组件|模块|系统|部门|电话|邮箱|备选|结论|耗时|来源|影响|目标|"
    r"No\.?|Name|Item|Value|Type|Owner|Status|Date)$",
    re.IGNORECASE,
)


def is_name(text: str) -> bool:
    """Whether the text ends as names of columns and fields do: `负责人`, `项目名称`, `Owner`."""
    return bool(_NAME.search(text))
