"""aiogram routers, one per topic. Handlers stay thin: parse the update, ask a service, render the answer."""
