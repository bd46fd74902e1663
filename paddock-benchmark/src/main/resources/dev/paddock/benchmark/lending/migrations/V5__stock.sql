ALTER TABLE product ADD COLUMN stock integer NOT NULL DEFAULT 100;
CREATE FUNCTION take_from_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE product SET stock = stock - NEW.quantity WHERE id = NEW.product;
    RETURN NEW;
END $$;
CREATE TRIGGER stock_is_taken AFTER INSERT ON order_line FOR EACH ROW EXECUTE FUNCTION take_from_stock();
