namespace Toolkit.Numerics.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_file_is_made_and_replaced_and_nothing_else_is_left()
    {
        AtomicFile.Write(_folder["a"], stream => stream.Write("first, longer"u8));
        AtomicFile.Write(_folder["a"], stream => stream.Write("second"u8));
        Assert.Equal("second", File.ReadAllText(_folder["a"]));
        Assert.Single(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void A_failure_leaves_the_old_file_whole_and_no_temporary()
    {
        File.WriteAllText(_folder["a"], "old");
        var exception = Assert.Throws<IOException>(() => AtomicFile.Write(_folder["a"], stream =>
        {
            stream.Write("half"u8);
            throw new IOException("disk full");
        }));
        Assert.Equal("disk full", exception.Message);
        Assert.Equal("old", File.ReadAllText(_folder["a"]));
        Assert.Single(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void The_old_file_stays_readable_until_the_new_one_is_whole() =>
        AtomicFile.Write(_folder["a"], first =>
        {
            first.WriteByte(1);
            Assert.False(File.Exists(_folder["a"]));
            string temporary = Assert.Single(Directory.GetFiles(_folder.Root));
            Assert.StartsWith(_folder["a"], temporary, StringComparison.Ordinal);
            Assert.EndsWith(".tmp", temporary, StringComparison.Ordinal);
        });

    [Fact]
    public void A_missing_directory_is_an_error() =>
        Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(Path.Combine(_folder["missing"], "a"), _ => { }));

    [Fact]
    public void A_directory_in_the_way_is_an_error_and_leaves_no_temporary()
    {
        Directory.CreateDirectory(_folder["a"]);
        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(_folder["a"], stream => stream.WriteByte(1)));
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }
}
