using System.Text;
using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Tests.Checkpoints;
using Toolkit.Trainer.Tests.Data;

namespace Toolkit.Trainer.Tests.Callbacks;

public sealed class TensorBoardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_reader_checks_as_the_standard_says() => Assert.Equal(0xE3069283u, EventReader.Crc(Encoding.ASCII.GetBytes("123456789")));

    [Fact]
    public void Figures_go_to_train_and_validation_with_the_epoch_as_step()
    {
        using var board = new TensorBoard(_folder.Path);

        TinyResult result = new TinyTraining(_folder.Folder("run")) { More = [board] }.Run();

        (string version, var train) = EventReader.Read(FileOf("train"));
        (_, var validation) = EventReader.Read(FileOf("validation"));
        Assert.Equal("brain.Event:2", version);
        Assert.Equal(Expected(result.History, "loss"), train.Where(scalar => scalar.Tag == "epoch_loss"));
        Assert.Equal(Expected(result.History, "accuracy"), train.Where(scalar => scalar.Tag == "epoch_accuracy"));
        Assert.Equal(result.History["val_loss"].Select((value, epoch) => ((long)epoch, "epoch_loss", (float)value)), validation.Where(scalar => scalar.Tag == "epoch_loss"));
        Assert.DoesNotContain(train, scalar => scalar.Tag.StartsWith("epoch_val_", StringComparison.Ordinal));
    }

    [Fact]
    public void Steps_are_written_where_they_are_asked_for()
    {
        using var board = new TensorBoard(_folder.Path, everySteps: 2);

        new TinyTraining(_folder.Folder("run")) { More = [board] }.Run();

        (_, var train) = EventReader.Read(FileOf("train"));
        Assert.Equal([1, 3, 5, 7, 9, 11], train.Where(scalar => scalar.Tag == "batch_loss").Select(scalar => scalar.Step));
    }

    [Fact]
    public void A_resumed_training_holds_every_figure_once()
    {
        using var whole = new TensorBoard(_folder.Folder("whole"), everySteps: 1);
        new TinyTraining(_folder.Folder("run")) { More = [whole] }.Run();
        int count = 0;
        var bomb = new LambdaCallback { BatchEnd = (_, _) => { if (++count == 8) { throw new IOException("boom"); } } };
        string folder = _folder.Folder("again");
        using var killed = new TensorBoard(folder, everySteps: 1);
        using var resumed = new TensorBoard(folder, everySteps: 1);

        Assert.Throws<IOException>(() => new TinyTraining(_folder.Folder("killed")) { EverySteps = 3, More = [killed, bomb] }.Run());
        new TinyTraining(_folder.Folder("killed")) { EverySteps = 3, Resume = true, More = [resumed] }.Run();

        foreach (string part in (string[])["train", "validation"])
        {
            Assert.Equal(EventReader.Read(FileOf("whole", part)).Scalars, EventReader.Read(FileOf("again", part)).Scalars);
        }
    }

    private static IEnumerable<(long Step, string Tag, float Value)> Expected(History history, string name) =>
        history[name].Select((value, epoch) => ((long)epoch, $"epoch_{name}", (float)value));

    private string FileOf(params string[] folder)
    {
        string path = Assert.Single(Directory.GetFiles(_folder[folder]));
        Assert.StartsWith("events.out.tfevents.", Path.GetFileName(path), StringComparison.Ordinal);
        return path;
    }
}
