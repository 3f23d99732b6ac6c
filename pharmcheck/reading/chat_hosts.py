"""Hosts of chat services, each with what the service is called: the one table, of which a reader takes what it may follow."""

# Where promotion sends its buyers: a link opens somebody's account.
ACCOUNTS = {
    "t.me": "Telegram",
    "telegram.me": "Telegram",
    "telegram.dog": "Telegram",
    "wa.me": "WhatsApp",
    "api.whatsapp.com": "WhatsApp",
    "chat.whatsapp.com": "WhatsApp",
    "wa.link": "WhatsApp",
    "signal.me": "Signal",
    "threema.id": "Threema",
}
# Where an operator can be reached besides: in a browser, in a group, by invitation.
CONTACTS = {
    **ACCOUNTS,
    "web.whatsapp.com": "WhatsApp",
    "signal.group": "Signal",
    "wickr.com": "Wickr",
    "invite.viber.com": "Viber",
    "line.me": "Line",
}
# What mails link to besides. On a shop's page these are mostly the service's own pages (`whatsapp.com/download`), nobody's account.
HOSTS = {
    **CONTACTS,
    "whatsapp.com": "WhatsApp",
    "viber.com": "Viber",
    "discord.gg": "Discord",
    "m.me": "Messenger",
    "join.skype.com": "Skype",
}
