"""Apps: letters to one person in WeCom, DingTalk or Feishu, by an app of the company's own."""
