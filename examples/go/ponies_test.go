package ponies

import (
	"database/sql"
	"testing"
)

func TestTakesAPonyIn(t *testing.T) {
	t.Parallel()
	db := database(t)
	if err := Stable(db, "Bo"); err != nil {
		t.Fatal(err)
	}
	requireCount(t, db, 2)
}

func TestKnowsNothingOfAnotherTest(t *testing.T) {
	t.Parallel()
	requireCount(t, database(t), 1)
}

func TestTakesANameOnce(t *testing.T) {
	t.Parallel()
	if err := Stable(database(t), "Ada"); err == nil {
		t.Fatal("two ponies of one name")
	}
}

func requireCount(t *testing.T, db *sql.DB, expected int) {
	t.Helper()
	count, err := Count(db)
	if err != nil || count != expected {
		t.Fatalf("%d ponies, %v; expected %d", count, err, expected)
	}
}
