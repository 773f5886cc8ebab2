"""Outside → frozen: files and folders become captures, captures become documents with labeled blocks.

`manifest` reads the documenter's spreadsheet, `files` finds and takes the bytes, `stories` makes documents of them:
`decode` → (`markup`, `segments`, `metadata`, `pages` | `plain`, `partition`) → `blocks`, `dateline`, `credits`.
"""
