module example.test/extension-server

go 1.26
