using Toolkit.Numerics;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Tests.Data;

public sealed class SplitsTests
{
    /// <summary>70 of class 0, 20 of class 1, 10 of class 2.</summary>
    private static readonly Tensor<float> Classes = Tensor.Vector<float>([.. Enumerable.Range(0, 100).Select(i => (i % 10) switch { < 7 => 0f, < 9 => 1, _ => 2 })]);

    [Fact]
    public void A_share_is_divided_without_loss_in_an_order_of_its_seed()
    {
        (int[] train, int[] test) = Splits.TrainTest(11, 0.25, seed: 1);
        Assert.Equal(3, test.Length);
        Assert.Equal(Enumerable.Range(0, 11), train.Concat(test).Order());
        Assert.Equal(test, Splits.TrainTest(11, 0.25, seed: 1).Test);
        Assert.NotEqual(Splits.TrainTest(100, 0.25, seed: 1).Test, Splits.TrainTest(100, 0.25, seed: 2).Test);
    }

    [Fact]
    public void A_permutation_is_the_same_everywhere() =>
        Assert.Equal(Golden, Splits.Permutation(8, seed: 42));

    [Fact]
    public void A_stratified_share_keeps_the_shares_of_the_classes()
    {
        (int[] train, int[] test) = Splits.StratifiedTrainTest(Classes, 0.2, seed: 3);
        Assert.Equal([14, 4, 2], Counts(test));
        Assert.Equal([56, 16, 8], Counts(train));
        Assert.Equal(Enumerable.Range(0, 100), train.Concat(test).Order());
        Assert.NotEqual(train.Order(), train);
    }

    [Fact]
    public void Folds_test_every_sample_once_and_train_on_all_others()
    {
        IReadOnlyList<(int[] Train, int[] Test)> folds = Splits.KFold(11, 3, seed: 5);
        Assert.Equal([4, 4, 3], folds.Select(fold => fold.Test.Length));
        Assert.Equal(Enumerable.Range(0, 11), folds.SelectMany(fold => fold.Test).Order());
        Assert.All(folds, fold => Assert.Equal(Enumerable.Range(0, 11), fold.Train.Concat(fold.Test).Order()));
    }

    [Fact]
    public void Stratified_folds_have_the_shares_of_the_classes()
    {
        IReadOnlyList<(int[] Train, int[] Test)> folds = Splits.StratifiedKFold(Classes, 10, seed: 5);
        Assert.All(folds, fold => Assert.Equal([7, 2, 1], Counts(fold.Test)));
        Assert.Equal(Enumerable.Range(0, 100), folds.SelectMany(fold => fold.Test).Order());
        Assert.All(folds, fold => Assert.Equal(Enumerable.Range(0, 100), fold.Train.Concat(fold.Test).Order()));
        int[] sizes = [.. Splits.StratifiedKFold(Classes, 7, seed: 5).Select(fold => fold.Test.Length)];
        Assert.True(sizes.Max() - sizes.Min() <= 1, string.Join(',', sizes));
    }

    [Fact]
    public void One_hot_rows_and_a_column_of_indices_are_classes_too()
    {
        Tensor<float> column = Classes.Reshape([100, 1]);
        Tensor<float> rows = new Dataset(Classes, Classes).OneHot(3).Y;
        int[] expected = Splits.StratifiedTrainTest(Classes, 0.2, seed: 3).Test;
        Assert.Equal(expected, Splits.StratifiedTrainTest(column, 0.2, seed: 3).Test);
        Assert.Equal(expected, Splits.StratifiedTrainTest(rows, 0.2, seed: 3).Test);
    }

    [Fact]
    public void Series_are_tested_on_what_comes_last()
    {
        (int[] train, int[] test) = Splits.TimeOrdered(5, 2);
        Assert.Equal([0, 1, 2], train);
        Assert.Equal([3, 4], test);
        IReadOnlyList<(int[] Train, int[] Test)> windows = Splits.ExpandingWindow(7, windows: 2, windowCount: 2);
        Assert.Equal([[0, 1, 2], [0, 1, 2, 3, 4]], windows.Select(window => window.Train));
        Assert.Equal([[3, 4], [5, 6]], windows.Select(window => window.Test));
    }

    [Fact]
    public void What_cannot_be_divided_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Splits.TrainTest(10, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Splits.TrainTest(10, double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Splits.TrainTest(1, 0.5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Splits.KFold(3, 4, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Splits.KFold(3, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Splits.TimeOrdered(3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Splits.ExpandingWindow(4, 2, 2));
        Assert.Contains("got 10 of class 2", Assert.Throws<ArgumentException>(() => Splits.StratifiedKFold(Classes, 11, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("got 0.5 at sample 1", Assert.Throws<ArgumentException>(() => Splits.StratifiedKFold(Tensor.Vector(0, 0.5f), 2, 1)).Message, StringComparison.Ordinal);
    }

    private static readonly int[] Golden = [7, 4, 2, 0, 3, 6, 5, 1];

    private static int[] Counts(int[] samples)
    {
        var counts = new int[3];
        foreach (int sample in samples)
        {
            counts[(int)Classes.Span[sample]]++;
        }

        return counts;
    }
}
