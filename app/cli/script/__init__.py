"""Race scripts: a race in plain text that an official can read, write and dispute, with the sheet it must give."""
