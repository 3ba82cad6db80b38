"""Languages called by their own names, for whoever cannot read the other one."""

PERSIAN = "\u0641\u0627\u0631\u0633\u06cc"
ENGLISH = "English"
LANGUAGE = "\u0632\u0628\u0627\u0646 · Language"
PERSIAN_DIGITS = "\u06f1\u06f2\u06f3"
