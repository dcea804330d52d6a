"""What a sentence of ours must never contain, whichever module wrote it."""

import re

# pattern, why not
_FAULTS: tuple[tuple[str, str], ...] = (
    (r"(缩小|减少|降低|下降|精简|压缩)了?\s*[\d.]+\s*倍", "减少不能用倍数"),
    (r"\d亿\d+万", "亿与万不能混写"),
    (r"\d\s*~\s*\d", "数值范围用～"),
    (r"\d+(\.\d+)?(千|十万|百万|千万)(?!分|瓦)", "只有万、亿可以作数的单位"),
)


def faults(sentence: str) -> list[str]:
    """Wordings that GB/T 15835 or plain sense forbids, each with its reason; empty when the sentence is clean."""
    return [f"{reason}：{match.group(0)}" for pattern, reason in _FAULTS for match in re.finditer(pattern, sentence)]
