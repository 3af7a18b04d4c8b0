"""The first use: who comes without knowing the commands is greeted, offered workbooks, and helped."""
