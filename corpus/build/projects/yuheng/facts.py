"""What all documents of the project share. The boundary is 120 days since V1.1 (180 before)."""

import math
from typing import Any

MOVED, LEFT_HOT = 7_386_540, 4_683_060
BATCH = 3_000

FACTS: dict[str, Any] = {
    "project": "玉衡证券客服IM冷热分离项目",
    "customer": "玉衡证券",
    "code": "搬山",
    "first": "施远帆",
    "second": "卓逸尘",
    "dba": "童一舟",
    "manager": "邓采薇",
    "client": "华以宁",
    "desk": "柏雪松",
    "moved": f"{MOVED:,}",
    "hot": f"{LEFT_HOT:,}",
    "total": f"{MOVED + LEFT_HOT:,}",
    "share": f"{MOVED / (MOVED + LEFT_HOT):.1%}",
    "batch": f"{BATCH:,}",
    "batches": f"{math.ceil(MOVED / BATCH):,}",
    "nights": [  # night, batches, rows, rate rows/s, failed batches, note
        ("2025-11-03", 210, 630_000, 61, 0, "首夜限速"),
        ("2025-11-04", 320, 960_000, 88, 0, ""),
        ("2025-11-05", 342, 1_026_000, 92, 3, "3批超时重做"),
        ("2025-11-06", 331, 993_000, 90, 0, ""),
        ("2025-11-07", 355, 1_065_000, 97, 0, ""),
        ("2025-11-10", 348, 1_044_000, 95, 1, "1批校验不符，见问题M-07"),
        ("2025-11-11", 352, 1_056_000, 96, 0, ""),
        ("2025-11-12", 205, 612_540, 93, 0, "收尾，末批540行"),
    ],
}
