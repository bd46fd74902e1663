// Package ponies keeps a stable in PostgreSQL.
package ponies

import "database/sql"

// Stable takes a pony in.
func Stable(db *sql.DB, name string) error {
	_, err := db.Exec("INSERT INTO pony (name) VALUES ($1)", name)
	return err
}

// Count tells how many ponies there are.
func Count(db *sql.DB) (count int, err error) {
	err = db.QueryRow("SELECT count(*) FROM pony").Scan(&count)
	return count, err
}
