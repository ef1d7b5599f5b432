using Toolkit.Numerics;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Recipes.Diabetes;

/// <summary>Stratified ten-fold cross-validation: every row is predicted once, by a network that was trained without it.</summary>
internal sealed class CrossValidation
{
    public const int Folds = 10;

    private CrossValidation(int count)
    {
        Probabilities = new double[count];
        Truth = new bool[count];
        ShuffledProbabilities = [.. PimaDiabetes.InputColumns.Select(_ => new double[count])];
    }

    public int Count => Truth.Length;

    public int Positives => Truth.Count(isPositive => isPositive);

    /// <summary>The probability of diabetes of every row, in the table's order.</summary>
    public double[] Probabilities { get; }

    public bool[] Truth { get; }

    /// <summary>For each measurement the probabilities after its values were shuffled among the rows of a fold; zeros unless the study is reported.</summary>
    public double[][] ShuffledProbabilities { get; }

    /// <summary>The share of right ones in each fold.</summary>
    public List<double> FoldAccuracies { get; } = [];

    /// <summary>The share of right ones of all rows.</summary>
    public double Accuracy => Share(Enumerable.Range(0, Count));

    /// <summary>The mean squared distance of probability and truth (Brier's score).</summary>
    public double Brier => Probabilities.Zip(Truth, (probability, isPositive) => Math.Pow(probability - (isPositive ? 1 : 0), 2)).Average();

    /// <summary>Trains and predicts the folds. The seed of the study divides the rows too.</summary>
    public static CrossValidation Run(RecipeStudy study, Func<int, Model> build)
    {
        CsvTable table = study.Splits.Table!;
        Tensor<float> classes = PimaDiabetes.Targets(table);
        var result = new CrossValidation(table.RowCount);
        var options = new FitOptions { Epochs = study.Options.Epochs!.Value, BatchSize = study.Options.BatchSize!.Value };
        foreach ((int[] train, int[] test) in Splits.StratifiedKFold(classes, Folds, (ulong)study.Seed))
        {
            (Dataset known, Dataset unknown) = PimaDiabetes.Fold(table, train, test);
            Model model = build(study.Seed);
            study.Train(model, known, options);
            Fill(result.Probabilities, test, model.Predict(unknown.X, 256));
            for (int i = 0; i < test.Length; i++)
            {
                result.Truth[test[i]] = unknown.Y.Span[i] == 1;
            }

            result.FoldAccuracies.Add(result.Share(test));
            for (int column = 0; study.IsReported && column < result.ShuffledProbabilities.Length; column++)
            {
                Fill(result.ShuffledProbabilities[column], test, model.Predict(Shuffled(unknown.X, column, (ulong)study.Seed), 256));
            }
        }

        return result;
    }

    /// <summary>How often each class was taken for each at 0.5: true classes by predicted ones.</summary>
    public Tensor<float> Confusion()
    {
        var counts = new Tensor<float>([2, 2]);
        for (int row = 0; row < Count; row++)
        {
            counts.Span[(Truth[row] ? 2 : 0) + (Probabilities[row] > 0.5 ? 1 : 0)]++;
        }

        return counts;
    }

    private double Share(IEnumerable<int> rows) => rows.Average(row => Probabilities[row] > 0.5 == Truth[row] ? 1.0 : 0.0);

    private static void Fill(double[] probabilities, int[] rows, Tensor<float> predicted)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            probabilities[rows[i]] = predicted.Span[i];
        }
    }

    private static Tensor<float> Shuffled(Tensor<float> x, int column, ulong seed)
    {
        int columns = x.Shape[1];
        Tensor<float> shuffled = Tensor.From(x.Shape, (ReadOnlySpan<float>)x.Span);
        int[] order = Splits.Permutation(x.Shape[0], seed + (ulong)column + 1);
        for (int row = 0; row < order.Length; row++)
        {
            shuffled.Span[(row * columns) + column] = x.Span[(order[row] * columns) + column];
        }

        return shuffled;
    }
}
