"""Unit feedback reports (*thông báo kết quả học tập gửi đơn vị*) as official letters, and the unit's own pages."""
