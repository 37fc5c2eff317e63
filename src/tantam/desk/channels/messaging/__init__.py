"""Messages of networks, in and out: WhatsApp, Messenger, Zalo. Each network is one file and speaks one interface."""
