"""The HTTP API over one archive, and the page in the browser that asks it. Needs ``pip install 'dragoman[serve]'``.

``serving`` runs it, ``app`` wires it, ``safety`` stands before it; each resource is a module of its name.
"""
