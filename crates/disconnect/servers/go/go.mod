module droppoint.dev/disconnect

go 1.26.0
