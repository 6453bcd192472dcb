"""Chat: people write to the robots of WeCom, DingTalk and Feishu, whose products post it here."""
