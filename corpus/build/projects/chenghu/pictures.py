"""The outbound call's path; its timings stand only in the picture."""

from diagram import Arrow, Box, Diagram, Zone

FLOW = Diagram(
    26.0,
    8.6,
    (
        Zone("语音侧", 0.3, 0.4, 8.0, 7.8, (
            Box("line", "SIP 中继\n150 路", 0.9, 1.8, 3.2, 1.5), Box("asr", "流式 ASR\n端点 350 ms", 4.6, 1.8, 3.2, 1.5, "FFF2CC"),
            Box("tts", "TTS 预合成\n命中 78%", 2.7, 5.4, 3.4, 1.5, "FFF2CC"),
        )),
        Zone("对话侧", 9.0, 0.4, 8.0, 7.8, (
            Box("state", "状态机\n37 个节点", 9.6, 1.8, 3.2, 1.5), Box("llm", "Qwen3-8B\n首字 420 ms", 13.3, 1.8, 3.2, 1.5, "DEEAF6"),
            Box("guard", "合规闸\n禁语 1,860 条", 11.4, 5.4, 3.4, 1.5, "FCE4D6"),
        )),
        Zone("业务侧", 17.7, 0.4, 8.0, 7.8, (
            Box("core", "保全核心\n只读接口 6 个", 18.3, 1.8, 3.2, 1.5, "E2EFDA"), Box("crm", "CRM 回写\n30 秒内", 22.0, 1.8, 3.2, 1.5, "E2EFDA"),
            Box("rec", "录音双轨\n保存 10 年", 20.1, 5.4, 3.4, 1.5, "E2EFDA"),
        )),
    ),
    (),
    (Arrow("asr", "state"), Arrow("state", "llm"), Arrow("llm", "guard"), Arrow("guard", "tts"), Arrow("llm", "core")),
)  # fmt: skip
