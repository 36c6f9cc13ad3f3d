"""Money of an order: fees, payout, cost of declining, and the marketplace's money reports."""
