"""What a forked server begins with: everything imported, and set apart so that it need not be walked in each again."""

import gc

from app import main as main

gc.collect()
gc.freeze()
