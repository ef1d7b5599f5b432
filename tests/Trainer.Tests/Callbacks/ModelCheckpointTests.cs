using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Tests.Data;
using Toolkit.Trainer.Weights;

namespace Toolkit.Trainer.Tests.Callbacks;

public sealed class ModelCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_the_best_weights_stay_where_only_they_are_wanted()
    {
        string path = _folder["best.safetensors"];
        var callback = new ModelCheckpoint(path, "val_loss", saveBestOnly: true);

        FakeRun.Play(FakeRun.New(), callback, "val_loss", 3, 1, double.NaN, 2);

        Assert.Equal((1, 1.0), (callback.SavedEpoch, callback.Best));
        Assert.Equal(1f, SafetensorsFile.Read(path).GetSingles("dense.kernel").ToArray()[0]);
    }

    [Fact]
    public void Every_epoch_has_a_file_where_the_name_has_its_number()
    {
        FakeRun.Play(FakeRun.New(), new ModelCheckpoint(_folder["w-{epoch}.safetensors"]), "loss", 1, 2);

        Assert.Equal(["w-001.safetensors", "w-002.safetensors"], Directory.GetFiles(_folder.Path).Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public void A_figure_that_is_not_in_the_log_is_refused() =>
        Assert.Contains("'val_loss'", Assert.Throws<InvalidOperationException>(() => FakeRun.Play(FakeRun.New(), new ModelCheckpoint(_folder["w"], saveBestOnly: true), "loss", 1)).Message, StringComparison.Ordinal);
}
