"""What `plugin new` writes: `string.Template` files, each called after the file it becomes, with `.txt` behind."""
