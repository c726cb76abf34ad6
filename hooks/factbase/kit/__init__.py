"""What a clinic sends and hands out, all in one folder: messages, QR codes, a landing page, its leaflets."""
