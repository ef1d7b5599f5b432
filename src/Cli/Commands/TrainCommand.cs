using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Toolkit.Cli.Frame;
using Toolkit.EdgeRuntime;
using Toolkit.Export;
using Toolkit.Reports;
using Toolkit.Trainer;
using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Recipes;

namespace Toolkit.Cli.Commands;

/// <summary><c>train</c>: trains a recipe, evaluates it, exports it as ONNX, and checks the file on every CPU backend.</summary>
internal sealed class TrainCommand : ToolkitCommand
{
    private const double SecondsBetweenCheckpoints = 2;

    // As many epochs as a screen has room for.
    private const int ShownEpochs = 20;

    private readonly Argument<string> _recipe = new("RECIPE") { Description = "What to train; 'recipes' lists them." };
    private readonly Option<int?> _epochs = OptionOf.OptionalInt("--epochs", "N", "How often to go through the data; by default as the recipe says.", 1, 1_000_000);
    private readonly Option<int?> _batchSize = OptionOf.OptionalInt("--batch-size", "N", "Samples a training step; by default as the recipe says.", 1, int.MaxValue);
    private readonly Option<string?> _out = OptionOf.Text("--out", "FILE.onnx", "Where the model goes; by default RECIPE.onnx in the current folder.", "-o");
    private readonly Option<string?> _log = OptionOf.Text("--log", "FILE.csv", "Also write each epoch's figures to this file.");
    private readonly Option<string?> _checkpoint = OptionOf.Text("--checkpoint", "DIR", "Save the whole training in this folder every few seconds, when it ends, and on Ctrl-C.");
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on from the newest checkpoint in the folder, as if training had never stopped; without one, start afresh." };
    private readonly Option<string?> _report = OptionOf.Text("--report", "FILE.html", "Also write a page with curves, mistakes, weights and the recipe's own figures.");

    public TrainCommand()
        : base(
            "train",
            "Trains a network, tests it, exports it as ONNX, and checks the file against the trainer.",
            "train mnist-mlp",
            "train mnist-mlp --data ./datasets --epochs 10 --out digits.onnx --log digits.csv",
            "train mnist-mlp --checkpoint run --resume",
            "train mnist-mlp --report mnist-mlp.html",
            "train mnist-mlp --offline --json")
    {
        Arguments.Add(_recipe);
        Options.Add(_epochs);
        Options.Add(_batchSize);
        Options.Add(_out);
        Options.Add(_log);
        Options.Add(_checkpoint);
        Options.Add(_resume);
        Options.Add(_report);
    }

    public override IReadOnlyList<string> Notes =>
    [
        "The file appears only after the managed engine and, where it is there, ONNX Runtime agree with the trainer on the test samples to 1e-5. All of them are run at the greatest batch size, the first 512 at the others. Ctrl-C stops training, exit status 130, and leaves no model; with --checkpoint it leaves a checkpoint.",
        "A resumed training ends with the same weights to the bit as one that was never stopped, whatever --threads says. Figures that a recipe takes of other networks afterwards are taken again.",
        "Where the recipe's data set is neither here nor to be had from the network, the recipe may train on an embedded one; it says so on standard error and in the JSON.",
    ];

    public override Outcome Execute(CommandContext context)
    {
        Recipe recipe = RecipeTable.Get(context.Get(_recipe));
        string path = context.Get(_out) ?? $"{recipe.Name}.onnx";
        OutputPath.RequireWritable(path, ".onnx");
        string? page = context.Get(_report);
        if (page is not null)
        {
            OutputPath.RequireWritable(page, ".html");
        }

        RecipeResult result = Train(context, recipe);
        PrintTest(context, result);
        if (page is not null)
        {
            // Before the export: it tells most about a network whose export fails its check.
            HtmlReport.Write(page, TrainingReport.Create(result));
            context.Output.WriteLine($"Wrote {page}, a page about this training; open it in a browser.\n");
        }

        var options = new OnnxExportOptions
        {
            Metadata = result.Metadata,
            Description = $"{recipe.Description} {recipe.Network}.",
            Backends = CheckBackends(context),
            CheckInputs = [result.Samples.Test.X],
            Check = new CrossCheckOptions { Threads = context.Threads },
        };
        OnnxExportReport report = result.Model.ExportOnnx(path, options, context.Cancellation);
        PrintExport(context, result, report);
        return new Outcome(ToJson(context, result, report, page));
    }

    private RecipeResult Train(CommandContext context, Recipe recipe)
    {
        var callbacks = new List<Callback>();
        if (!context.Quiet)
        {
            callbacks.Add(new ConsoleProgress(1, context.Progress) { MaxEpochs = ShownEpochs });
        }

        if (context.Get(_log) is { } log)
        {
            OutputPath.RequireWritable(log, ".csv");
            callbacks.Add(new CsvLog(log));
        }

        Checkpoint? checkpoint = MakeCheckpoint(context);
        if (checkpoint is not null)
        {
            callbacks.Add(checkpoint);
        }

        var options = new RecipeOptions
        {
            Epochs = context.Get(_epochs),
            BatchSize = context.Get(_batchSize),
            Seed = context.Seed,
            Threads = context.Threads,
            Data = context.DataRequest,
            Callbacks = callbacks,
            IsReported = context.Get(_report) is not null,
            OnNote = context.Note,
            OnReady = (data, model) => Announce(context, recipe, data, model),
        };
        try
        {
            return RecipeRunner.Run(recipe, options, context.Cancellation);
        }
        catch (Exception exception)
        {
            if (Terminal.IsTerminal(context.Progress))
            {
                // The error's line must not continue the progress bar's.
                context.Progress.WriteLine();
            }

            if (exception is OperationCanceledException && checkpoint?.LastFile is { } file)
            {
                context.StandardError.WriteLine($"The training is saved in '{file}'; the same command with --resume goes on from there.");
            }

            throw;
        }
    }

    private Checkpoint? MakeCheckpoint(CommandContext context)
    {
        bool resumes = context.Get(_resume);
        return context.Get(_checkpoint) is { } folder
            ? new Checkpoint(folder, resumes, everyEpochs: null, everySeconds: SecondsBetweenCheckpoints) { OnNote = context.Note }
            : resumes ? throw new UsageException("--resume: expected the folder to go on from, got none; add --checkpoint DIR.") : null;
    }

    private void Announce(CommandContext context, Recipe recipe, DatasetResolution data, Model model)
    {
        if (data.Notice is { } notice)
        {
            // Also with --quiet: which data a figure was measured on is part of the figure.
            context.StandardError.WriteLine(notice);
        }

        Table table = Tables.Facts();
        Tables.AddRow(table, recipe.Name, string.Create(CultureInfo.InvariantCulture, $"{recipe.Network}, {model.ParameterCount:N0} parameters"));
        Tables.AddRow(table, "data", $"{data.Data.Name}: {data.Data.Source}");
        Tables.AddRow(table, "training", recipe.Epochs == 0 ? "none, the weights are given" : string.Create(
            CultureInfo.InvariantCulture,
            $"{context.Get(_epochs) ?? recipe.Epochs} epochs, batch {context.Get(_batchSize) ?? recipe.BatchSize}, seed {context.Seed}, {context.Threads} threads"));
        Terminal.CreateConsole(context.Progress).Write(table);
        context.Progress.WriteLine();
    }

    /// <summary>The backends on the CPU. CUDA may round products to TF32, so that its distance says nothing about the file.</summary>
    private static List<IInferenceBackend> CheckBackends(CommandContext context)
    {
        var backends = new List<IInferenceBackend>();
        foreach (IInferenceBackend backend in Backends.All.Where(backend => backend.Name != Backends.Cuda))
        {
            if (backend.UnavailableReason is { } reason)
            {
                context.Note($"Not checked on {backend.Name}: {reason}");
            }
            else
            {
                backends.Add(backend);
            }
        }

        return backends;
    }

    private static void PrintTest(CommandContext context, RecipeResult result)
    {
        Table table = Tables.Facts();
        Tables.AddRow(table, "test loss", result.TestLoss.ToString("F4", CultureInfo.InvariantCulture));
        foreach ((string name, double value) in result.Test.Metrics)
        {
            Tables.AddRow(table, $"test {name}", value.ToString("F4", CultureInfo.InvariantCulture));
        }

        foreach ((string name, double value) in result.Figures)
        {
            Tables.AddRow(table, name.Replace('_', ' '), value.ToString("0.####", CultureInfo.InvariantCulture));
        }

        if (result.Recipe.Published is { } published && !result.Data.IsFallback)
        {
            Tables.AddRow(table, "published", string.Create(CultureInfo.InvariantCulture, $"{published.TestFigure:F4}, {published.Source}"));
        }

        if (result.Epochs > 0)
        {
            Tables.AddRow(table, "speed", string.Create(CultureInfo.InvariantCulture, $"{result.SamplesPerSecond:N0} samples a second, {result.TrainSeconds:F1} s"));
        }

        context.Output.WriteLine();
        context.Console.Write(table);
        context.Output.WriteLine();
    }

    private static void PrintExport(CommandContext context, RecipeResult result, OnnxExportReport report)
    {
        context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Wrote {report.Path} ({report.Bytes / 1e6:F2} MB), checked against the trainer on\n{ReportText.Samples(report.Check, "test samples")}:"));
        context.Console.Write(ReportText.ToTable(report.Check));
        context.Output.WriteLine("Next:");
        if (result.Data.Data.Test.X.Shape.LengthOf(1..) == result.Model.InputShape!.Value.Length)
        {
            context.Output.WriteLine($"  {ToolkitCli.Name} evaluate {report.Path} --dataset {result.Data.Data.Name}");
        }

        context.Output.WriteLine($"  {ToolkitCli.Name} run {report.Path} --input {(result.Data.Data.Test.X.Shape.Rank == 4 ? "picture.png" : "rows.csv")}");
        context.Output.WriteLine($"  {ToolkitCli.Name} inspect {report.Path}, or open it in https://netron.app");
    }

    private static JsonObject ToJson(CommandContext context, RecipeResult result, OnnxExportReport report, string? page)
    {
        var json = new JsonObject
        {
            ["recipe"] = result.Recipe.Name,
            ["dataset"] = result.Data.Data.Name,
            ["dataset_source"] = result.Data.Data.Source,
            ["dataset_notice"] = result.Data.Notice,
            ["epochs"] = result.Epochs,
            ["batch_size"] = result.BatchSize,
            ["seed"] = result.Seed,
            ["threads"] = context.Threads,
            ["parameters"] = result.Parameters,
            ["train_seconds"] = result.TrainSeconds,
            ["samples_per_second"] = JsonText.Number(result.SamplesPerSecond),
            ["train_loss"] = JsonText.Number(result.TrainLoss),
            ["test_loss"] = JsonText.Number(result.TestLoss),
        };
        foreach ((string name, double value) in result.Test.Metrics)
        {
            json[$"test_{name}"] = JsonText.Number(value);
        }

        foreach ((string name, double value) in result.Figures)
        {
            json[name] = JsonText.Number(value);
        }

        if (result.Checkpoint is { } checkpoint)
        {
            json["checkpoint"] = checkpoint.LastFile;
            json["resumed_from"] = checkpoint.ResumedFrom is { } position ? new JsonObject { ["epoch"] = position.Epoch, ["step"] = position.Step } : null;
        }

        json["onnx"] = report.Path;
        json["onnx_bytes"] = report.Bytes;
        json["crosscheck_max_abs_diff"] = JsonText.Number(report.Check.MaxAbsoluteDifference);
        json["crosscheck"] = JsonText.Objects(report.Check.Backends.Select(ReportText.ToJson));
        json["crosscheck_samples"] = report.Check.Samples;
        json["report"] = page;
        json["history"] = JsonText.Objects(result.History.Epochs.Select(epoch => new JsonObject(
            epoch.Values.Select(pair => KeyValuePair.Create(pair.Key, JsonText.Number(pair.Value))))
        { ["seconds"] = epoch.Seconds }));
        return json;
    }
}
