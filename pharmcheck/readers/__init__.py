"""Published lists, in the forms that authorities give them, become rows of our `list.csv`; one file a form."""
