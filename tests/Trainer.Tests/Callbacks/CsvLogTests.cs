using Toolkit.Trainer.Callbacks;

namespace Toolkit.Trainer.Tests.Callbacks;

public sealed class CsvLogTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("toolkit-csvlog-").FullName;
    private readonly TrainingRun _run = FakeRun.New();

    private string FilePath => Path.Combine(_directory, "log.csv");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void There_is_a_header_and_a_line_after_every_epoch()
    {
        var log = new CsvLog(FilePath);
        log.OnTrainBegin(_run);
        Assert.Equal("", File.ReadAllText(FilePath));

        log.OnEpochEnd(_run, 0, FakeRun.Log(0, ("loss", 0.1), ("accuracy", 1.0 / 3)));
        Assert.Equal("epoch,loss,accuracy\r\n0,0.1,0.3333333333333333\r\n", File.ReadAllText(FilePath));

        log.OnEpochEnd(_run, 1, FakeRun.Log(1, ("loss", 1e-9), ("accuracy", double.NaN)));
        log.OnTrainEnd(_run);
        Assert.Equal("epoch,loss,accuracy\r\n0,0.1,0.3333333333333333\r\n1,1E-09,NaN\r\n", File.ReadAllText(FilePath));
    }

    [Fact]
    public void A_figure_that_an_epoch_lacks_is_NA_and_a_new_one_has_no_column()
    {
        var log = new CsvLog(FilePath);
        log.OnTrainBegin(_run);
        log.OnEpochEnd(_run, 0, FakeRun.Log(0, ("loss", 1), ("val_loss", 2)));
        log.OnEpochEnd(_run, 1, FakeRun.Log(1, ("loss", 3), ("late", 4)));

        Assert.Equal("epoch,loss,val_loss\r\n0,1,2\r\n1,3,NA\r\n", File.ReadAllText(FilePath));
    }

    [Fact]
    public void A_new_run_replaces_the_file()
    {
        File.WriteAllText(FilePath, "something else\n");
        FakeRun.Play(_run, new CsvLog(FilePath), "loss", 1);

        Assert.Equal("epoch,loss\r\n0,1\r\n", File.ReadAllText(FilePath));
    }

    [Fact]
    public void Appending_adds_lines_below_the_same_header()
    {
        FakeRun.Play(_run, new CsvLog(FilePath, append: true), "loss", 1, 2);
        FakeRun.Play(_run, new CsvLog(FilePath, append: true), "loss", 3);

        Assert.Equal("epoch,loss\r\n0,1\r\n1,2\r\n0,3\r\n", File.ReadAllText(FilePath));
    }

    [Fact]
    public void Appending_after_half_a_line_starts_a_new_one()
    {
        File.WriteAllText(FilePath, "epoch,loss\r\n0,1.2");
        FakeRun.Play(_run, new CsvLog(FilePath, append: true), "loss", 3);

        Assert.Equal("epoch,loss\r\n0,1.2\r\n0,3\r\n", File.ReadAllText(FilePath));
    }

    [Fact]
    public void Appending_below_other_columns_is_refused_and_leaves_the_file()
    {
        File.WriteAllText(FilePath, "epoch,accuracy\r\n0,1\r\n");

        var exception = Assert.Throws<InvalidOperationException>(() => FakeRun.Play(_run, new CsvLog(FilePath, append: true), "loss", 3));

        Assert.Contains("expected the columns epoch,loss in", exception.Message, StringComparison.Ordinal);
        Assert.Contains("got epoch,accuracy", exception.Message, StringComparison.Ordinal);
        Assert.Equal("epoch,accuracy\r\n0,1\r\n", File.ReadAllText(FilePath));
    }

    [Fact]
    public void Names_with_commas_or_quotes_are_quoted()
    {
        FakeRun.Play(_run, new CsvLog(FilePath), "recall, \"rare\"", 1);

        Assert.Equal("epoch,\"recall, \"\"rare\"\"\"\r\n0,1\r\n", File.ReadAllText(FilePath));
    }

    [Fact]
    public void A_path_that_cannot_be_written_fails_before_training() =>
        Assert.Throws<DirectoryNotFoundException>(() => new CsvLog(Path.Combine(_directory, "none", "log.csv")).OnTrainBegin(_run));
}
