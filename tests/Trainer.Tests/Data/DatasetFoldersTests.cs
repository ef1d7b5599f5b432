using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Tests.Data;

public sealed class DatasetFoldersTests
{
    [Fact]
    public void The_cache_is_where_XDG_says()
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "xdg"));
        Assert.Equal(Path.Combine(root, "toolkit"), DatasetFolders.DefaultCache(name => name == "XDG_CACHE_HOME" ? root : null));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("relative/path")]
    public void Without_a_usable_XDG_folder_the_cache_is_in_the_users_own(string? variable)
    {
        string? cache = DatasetFolders.DefaultCache(_ => variable);
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.True(home.Length == 0 ? cache is null : cache is not null && Path.IsPathFullyQualified(cache) && cache.EndsWith("toolkit", StringComparison.Ordinal), cache);
    }
}
