"""What French says of visits, talks, votes, aid and sanctions."""
