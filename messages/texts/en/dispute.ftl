# History as a file
dispute-title = History of order { $number }
dispute-agreements = Agreed with the client
dispute-history = What happened
dispute-what = What
dispute-asked = Who asked, and when
dispute-state = Answer
dispute-when = When
dispute-who = Who
dispute-photo-missing = The photo’s file was not found
dispute-photo-moved = The photo of another order
dispute-talk = The talk with the client by the bot
dispute-support = Messages to support
dispute-note-sent = Sent to support
dispute-note-answer = Answer of support
dispute-note-closed = Case closed
dispute-claim = Costs and compensation
dispute-receipt = Receipt (PDF)
