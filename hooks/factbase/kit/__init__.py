"""What a clinic sends and hands out: messages, QR codes, a landing page, its leaflets, all in one folder."""
