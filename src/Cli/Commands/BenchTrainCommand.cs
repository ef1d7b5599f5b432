using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Toolkit.Cli.Frame;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Profiling;
using Toolkit.Trainer.Recipes;

namespace Toolkit.Cli.Commands;

/// <summary><c>bench train</c>: how fast this machine trains a recipe, and where a step's time goes.</summary>
internal sealed class BenchTrainCommand : ToolkitCommand
{
    private readonly Argument<string> _recipe = new("RECIPE") { Description = "What to train; 'recipes' lists them." };
    private readonly Option<int?> _batchSize = OptionOf.OptionalInt("--batch-size", "N", "Samples a training step; by default as the recipe says.", 1, int.MaxValue);
    private readonly Option<int> _seconds = OptionOf.Int("--seconds", "S", "Measuring time of each part.", 1, 3600, 2);
    private readonly Option<int> _rows = OptionOf.Int("--top", "N", "Functions to list, the slowest first.", 1, 10_000, 20);

    public BenchTrainCommand()
        : base(
            "train",
            "Measures how fast this machine trains a recipe, and where a step's time goes.",
            "bench train mnist-mlp",
            "bench train mnist-cnn --threads 1 --seconds 5 --json")
    {
        Arguments.Add(_recipe);
        Options.Add(_batchSize);
        Options.Add(_seconds);
        Options.Add(_rows);
    }

    public override IReadOnlyList<string> Notes =>
    [
        "Trains with one thread and with --threads, S seconds each, and runs the functions of a step one by one for as long. The limit is what independent fused multiply-adds in registers reach in the same run; a function without a share is bound by memory. What is learned is thrown away.",
        "Also --data, --offline: speed depends on the samples' sizes, not on what they hold, so that a stand-in serves as well. Augmentation counts, metrics count, learning rate schedules are left out.",
    ];

    public override Outcome Execute(CommandContext context)
    {
        Recipe recipe = RecipeTable.Get(context.Get(_recipe));
        if (recipe.Epochs == 0)
        {
            throw new UsageException($"bench train {recipe.Name}: expected a recipe that trains, got one whose weights are given; 'recipes' lists the others.");
        }

        DatasetResolution data = DatasetCatalog.Resolve(recipe.DatasetName, recipe.FallbackDataset, context.DataRequest, context.Cancellation);
        if (data.Notice is { } notice)
        {
            context.Note(notice);
        }

        Dataset train = recipe.Arrange(data.Data).Train;
        int batchSize = context.Get(_batchSize) ?? Math.Min(recipe.BatchSize, train.Count);
        if (batchSize > train.Count)
        {
            throw new UsageException($"--batch-size: expected at most {train.Count}, the samples of '{data.Data.Name}', got {batchSize}.");
        }

        // The learning rate's schedule does not change the speed, and would end.
        FitOptions options = recipe.Configure(new FitOptions { Epochs = recipe.Epochs, BatchSize = batchSize }) with { Callbacks = [] };
        var profiles = new List<StepProfile>();
        foreach (int threads in new[] { 1, context.Threads }.Distinct())
        {
            Model model = recipe.Build(context.Seed);
            model.Threads = threads;
            profiles.Add(StepProfiler.Run(model, (TrainingData)train, options, TimeSpan.FromSeconds(context.Get(_seconds)), context.Cancellation));
        }

        Print(context, recipe, data, profiles);
        return new Outcome(ToJson(recipe, data, batchSize, profiles));
    }

    private void Print(CommandContext context, Recipe recipe, DatasetResolution data, List<StepProfile> profiles)
    {
        context.Output.WriteLine($"{recipe.Name}: {recipe.Network}, batch {profiles[0].BatchSize}, data {data.Data.Name}, kernels {KernelSet.Current}");
        Table speeds = Tables.Create("threads", "samples/s", "us a step", "GFLOPS", "limit", "of limit", "scaling");
        foreach (StepProfile profile in profiles)
        {
            Tables.AddRow(
                speeds,
                Text($"{profile.Threads}"),
                Text($"{profile.SamplesPerSecond:N0}"),
                Text($"{profile.StepMicroseconds:N1}"),
                Text($"{profile.ShareOfLimit * profile.FloatingPointLimit / 1e9:N0}"),
                Text($"{profile.FloatingPointLimit / 1e9:N0}"),
                Text($"{profile.ShareOfLimit:P0}"),
                Text($"{profiles[0].StepMicroseconds / profile.StepMicroseconds:F2}x"));
        }

        context.Console.Write(speeds);
        foreach (StepProfile profile in profiles)
        {
            PrintFunctions(context, profile);
        }
    }

    private void PrintFunctions(CommandContext context, StepProfile profile)
    {
        context.Output.WriteLine(profile.Threads == 1 ? "Where a step's time goes, 1 thread" : Text($"Where a step's time goes, {profile.Threads} threads"));
        Table table = Tables.Create("function", "pass", "shapes", "us", "of step", "GFLOPS", "of limit");
        FunctionProfile[] functions = [.. profile.Functions.OrderByDescending(function => function.Microseconds)];
        int rows = context.Get(_rows);
        foreach (FunctionProfile function in functions.Take(rows))
        {
            bool isArithmetic = function.MultiplyAdds > 0;
            double share = profile.ShareOf(function.MultiplyAdds, function.Microseconds);
            Tables.AddRow(
                table,
                function.Name,
                function.IsBackward ? "backward" : "forward",
                $"{function.InputShapes[0]} to {function.OutputShape}",
                Text($"{function.Microseconds:N1}"),
                Text($"{function.Microseconds / profile.StepMicroseconds:P1}"),
                isArithmetic ? Text($"{share * profile.FloatingPointLimit / 1e9:N0}") : "",
                isArithmetic ? Text($"{share:P0}") : "");
        }

        if (functions.Length > rows)
        {
            Add(Text($"{functions.Length - rows} more functions"), functions.Skip(rows).Sum(function => function.Microseconds));
        }

        Add("optimizer", profile.OptimizerMicroseconds);
        Add("batch, metrics, loop", profile.RestMicroseconds);
        context.Console.Write(table);

        void Add(string name, double microseconds) =>
            Tables.AddRow(table, name, "", "", Text($"{microseconds:N1}"), Text($"{microseconds / profile.StepMicroseconds:P1}"), "", "");
    }

    private static JsonObject ToJson(Recipe recipe, DatasetResolution data, int batchSize, List<StepProfile> profiles) => new()
    {
        ["recipe"] = recipe.Name,
        ["dataset"] = data.Data.Name,
        ["batch_size"] = batchSize,
        ["kernels"] = KernelSet.Current.Name,
        ["results"] = JsonText.Objects(profiles.Select(profile => new JsonObject
        {
            ["threads"] = profile.Threads,
            ["samples_per_second"] = profile.SamplesPerSecond,
            ["step_us"] = profile.StepMicroseconds,
            ["steps"] = profile.Steps,
            ["multiply_adds"] = profile.MultiplyAdds,
            ["limit_gflops"] = profile.FloatingPointLimit / 1e9,
            ["share_of_limit"] = profile.ShareOfLimit,
            ["optimizer_us"] = profile.OptimizerMicroseconds,
            ["rest_us"] = profile.RestMicroseconds,
            ["functions"] = JsonText.Objects(profile.Functions.Select(function => new JsonObject
            {
                ["name"] = function.Name,
                ["pass"] = function.IsBackward ? "backward" : "forward",
                ["input"] = function.InputShapes[0].ToString(),
                ["output"] = function.OutputShape.ToString(),
                ["us"] = function.Microseconds,
                ["multiply_adds"] = function.MultiplyAdds,
                ["share_of_limit"] = function.MultiplyAdds == 0 ? null : profile.ShareOf(function.MultiplyAdds, function.Microseconds),
            })),
        })),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
