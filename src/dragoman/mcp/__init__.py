"""An archive as tools of the Model Context Protocol: questions only, answers bounded, each number with its events.

``server`` speaks the protocol (over stdio), ``tools`` are what can be asked, ``opened`` holds the archive. Who asks is a language
model, and what it reads was written by others: words from reports stand under ``retrieved_text`` and nowhere else.
"""
