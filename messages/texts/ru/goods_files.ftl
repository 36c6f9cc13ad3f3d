feed-category-other = Прочее
