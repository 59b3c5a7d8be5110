module aggctl.test/verifier

go 1.26
