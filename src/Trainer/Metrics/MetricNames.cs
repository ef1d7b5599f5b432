namespace Toolkit.Trainer.Metrics;

/// <summary>The metrics by their names in Keras, long and short.</summary>
public static class MetricNames
{
    private static readonly NameTable<Metric> Table = new("metric")
    {
        { "acc", () => new Accuracy("acc") },
        { "accuracy", () => new Accuracy() },
        { "auc", () => new AreaUnderRoc() },
        { "binary_accuracy", () => new BinaryAccuracy() },
        { "categorical_accuracy", () => new CategoricalAccuracy() },
        { "confusion_matrix", () => new ConfusionMatrix() },
        { "f1_score", () => new F1() },
        { "mae", () => new MeanAbsoluteError("mae") },
        { "mean_absolute_error", () => new MeanAbsoluteError() },
        { "mean_squared_error", () => new MeanSquaredError() },
        { "mse", () => new MeanSquaredError("mse") },
        { "precision", () => new Precision() },
        { "r2_score", () => new RSquared() },
        { "recall", () => new Recall() },
        { "root_mean_squared_error", () => new RootMeanSquaredError() },
        { "sparse_categorical_accuracy", () => new SparseCategoricalAccuracy() },
        { "sparse_top_k_categorical_accuracy", () => new TopKAccuracy(name: "sparse_top_k_categorical_accuracy") },
        { "top_k_categorical_accuracy", () => new TopKAccuracy() },
    };

    /// <summary>Every name, in alphabetical order.</summary>
    public static IReadOnlyList<string> All => Table.Names;

    internal static Metric Create(string name) => Table.Create(name);
}
