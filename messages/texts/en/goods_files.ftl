feed-category-other = Other
