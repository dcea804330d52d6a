"""经济发达镇: delegated items taken up, bodies set up, powers taken back."""
