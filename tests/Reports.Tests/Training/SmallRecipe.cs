using Toolkit.Numerics;
using Toolkit.Trainer;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Metrics;
using Toolkit.Trainer.Recipes;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Tests.Training;

/// <summary>A recipe on data that is made here: noisy pictures of three classes, or a noisy line.</summary>
internal sealed class SmallRecipe : Recipe
{
    private const int Side = 6;

    private readonly Func<IReadOnlyList<Layer>> _layers;
    private readonly DatasetSplits _data;

    private SmallRecipe(Func<IReadOnlyList<Layer>> layers, DatasetSplits data)
    {
        _layers = layers;
        _data = data;
    }

    public override string Name => "small";

    public override string Chapter => "Tests";

    public override string Description => "Trains a little.";

    public override string Network => "small";

    public override string DatasetName => "made";

    public override string? FallbackDataset => null;

    public override int Epochs => 2;

    public override int BatchSize => 10;

    public override IReadOnlyList<string> Metrics => IsClassification ? ["accuracy"] : [];

    public override PublishedResult Published { get; } = new("A paper", 0.5, [1.5, 1.2]);

    private bool IsClassification => _data.Classes.Count > 0;

    /// <summary>A classifier of pictures [1, 6, 6].</summary>
    public static SmallRecipe Pictures(params Layer[] layers) => new(() => [new Input(1, Side, Side), .. layers], new DatasetSplits(() => MakePictures(60, 1), () => MakePictures(30, 2))
    {
        Name = "made",
        Source = "Made here.",
        Classes = ["circle", "square", "triangle"],
        InputNormalization = "none",
    });

    /// <summary>A regression of two inputs whose target was standardised with a mean of 100 and a deviation of 20.</summary>
    public static SmallRecipe Line() => new(() => [new Input(2), new Dense(1)], new DatasetSplits(() => MakeLine(60, 1), () => MakeLine(30, 2))
    {
        Name = "made",
        Source = "Made here.",
        Classes = [],
        InputNormalization = "none",
        TargetMean = 100,
        TargetStd = 20,
    });

    public RecipeResult Run(string? notice = null) => RecipeRunner.Train(this, new DatasetResolution(_data, notice), new RecipeOptions { Seed = 7, IsReported = true });

    public override Model Build(int seed)
    {
        var model = new Sequential([.. _layers()]);
        model.Compile("sgd", IsClassification ? "categorical_crossentropy" : "mse", IsClassification ? [new Accuracy()] : [], seed);
        return model;
    }

    public override Dataset Prepare(Dataset part, DatasetSplits data) => IsClassification ? part.OneHot(3) : part;

    public override RecipeData Arrange(DatasetSplits data)
    {
        Dataset test = Prepare(data.Test, data);
        return new RecipeData(Prepare(data.Train, data), test, test);
    }

    public override void Study(RecipeStudy study)
    {
        study.Figures["own_figure"] = 12.5;
        study.Sections.Add(new ReportSection("Own", "The recipe's own page."));
    }

    private static Dataset MakePictures(int count, int seed)
    {
        var random = new Random(seed);
        var x = new Tensor<float>([count, 1, Side, Side]);
        var y = new Tensor<float>([count]);
        for (int sample = 0; sample < count; sample++)
        {
            y.Span[sample] = sample % 3;
            for (int pixel = 0; pixel < Side * Side; pixel++)
            {
                float bright = pixel / Side / 2 == sample % 3 ? 0.3f : 0;
                x.Span[(sample * Side * Side) + pixel] = bright + (0.7f * random.NextSingle());
            }
        }

        return new Dataset(x, y);
    }

    private static Dataset MakeLine(int count, int seed)
    {
        var random = new Random(seed);
        var x = new Tensor<float>([count, 2]);
        var y = new Tensor<float>([count, 1]);
        for (int sample = 0; sample < count; sample++)
        {
            (float a, float b) = (random.NextSingle(), random.NextSingle());
            (x.Span[2 * sample], x.Span[(2 * sample) + 1]) = (a, b);
            y.Span[sample] = a - b + (0.1f * random.NextSingle());
        }

        return new Dataset(x, y);
    }
}
