"""P11 玉衡证券IM冷热分离 (code name 搬山)."""
