using Toolkit.Numerics;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Tests.Data;

public sealed class TableFeaturesTests
{
    private static readonly CsvTable Train = CsvTable.Read(
        new StringReader("age,weight,city,month\n20,1,Rome,10\n30,2,Oslo,2\n40,3,Rome,1\n"), new CsvOptions { Columns = [CsvColumn.Category("city")] }, "train.csv");

    [Fact]
    public void One_hot_columns_come_in_the_order_of_get_dummies_and_bear_its_names()
    {
        // pandas.get_dummies: texts by character code, numbers by number.
        Assert.Equal(["city_Oslo", "city_Rome"], OneHotEncoder.Fit(Train, "city").FeatureNames);
        OneHotEncoder month = OneHotEncoder.Fit(Train, "month");
        Assert.Equal(["month_1", "month_2", "month_10"], month.FeatureNames);
        Assert.Equal([0, 0, 1, 0, 1, 0, 1, 0, 0], month.Transform(Train).ToArray());
        Assert.Equal(["10", "2", "1"], month.InverseTransform(month.Transform(Train)));
    }

    [Fact]
    public void The_first_category_may_have_no_column()
    {
        OneHotEncoder month = OneHotEncoder.Fit(Train, "month", dropFirst: true);
        Assert.Equal(["month_2", "month_10"], month.FeatureNames);
        Assert.Equal([0, 1, 1, 0, 0, 0], month.Transform(Train).ToArray());
        Assert.Equal(["10", "2", "1"], month.InverseTransform(month.Transform(Train)));
    }

    [Fact]
    public void A_category_that_training_did_not_have_is_refused_with_its_line_or_all_zeros()
    {
        CsvTable test = CsvTable.Read(new StringReader("city\nOslo\nBonn\n"), null, "test.csv");
        Assert.StartsWith(
            "test.csv line 3: expected one of 'Oslo', 'Rome' in column 'city', got 'Bonn'",
            Assert.Throws<DatasetException>(() => OneHotEncoder.Fit(Train, "city").Transform(test)).Message,
            StringComparison.Ordinal);
        Assert.Equal([1, 0, 0, 0], OneHotEncoder.Fit(Train, "city", unknown: UnknownCategory.Zeros).Transform(test).ToArray());
    }

    [Fact]
    public void Columns_are_composed_in_the_order_given_with_their_names()
    {
        TableFeatures features = Fit();
        Assert.Equal(["weight", "age", "city_Oslo", "city_Rome", "month"], features.FeatureNames);
        Assert.Equal([1, -1, 0, 1, 1, 2, 0, 1, 0, 1 / 9f, 3, 1, 0, 1, 0], features.Transform(Train).ToArray());
        Assert.Equal([3, 5], features.Transform(Train).Shape);
        Assert.Equal(3, features.IndexOf("city_Rome"));
        Assert.Equal(40, features.InverseTransform("age", 1));
        Assert.Equal(30, features.ScalerOf("age").Offsets[0]);
    }

    [Fact]
    public void Constants_come_from_the_training_part_only()
    {
        CsvTable test = CsvTable.Read(new StringReader("month,age,weight,city\n19,50,9,Rome\n"), new CsvOptions { Columns = [CsvColumn.Category("city")] }, "test.csv");
        Assert.Equal([9, 2, 0, 1, 2], Fit().Transform(test).ToArray());
    }

    [Fact]
    public void The_metadata_text_restores_all_that_was_fitted()
    {
        TableFeatures features = TableFeatures.Fit(
            Train, TableFeature.Standardized("age", ddof: 1), TableFeature.OneHot("city", unknown: UnknownCategory.Zeros), TableFeature.OneHot("month", dropFirst: true));
        Assert.Equal(
            """[{"column":"age","offset":30,"scale":10},{"column":"city","one_hot":["Oslo","Rome"],"unknown":"zeros"},{"column":"month","one_hot":["1","2","10"],"drop_first":true}]""",
            features.Normalization);
        TableFeatures restored = TableFeatures.Parse(features.Normalization);
        Assert.Equal(features.FeatureNames, restored.FeatureNames);
        Assert.Equal(features.Normalization, restored.Normalization);
        Assert.Equal(features.Transform(Train).ToArray(), restored.Transform(Train).ToArray());
    }

    [Theory]
    [InlineData("uint8 / 255")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""[{"column":"a"}]""")]
    [InlineData("""[{"column":"a","offset":0,"scale":0}]""")]
    [InlineData("""[{"column":"a","one_hot":[]}]""")]
    [InlineData("""[{"column":"a","one_hot":[null]}]""")]
    [InlineData("""[{"column":"a","offset":1,"scale":1},{"column":"a","offset":1,"scale":1}]""")]
    public void Other_metadata_is_refused(string text) => Assert.Throws<FormatException>(() => TableFeatures.Parse(text));

    [Fact]
    public void What_does_not_fit_the_table_is_refused()
    {
        Assert.Contains("'age', 'weight', 'city', 'month'", Assert.Throws<DatasetException>(() => TableFeatures.Fit(Train, TableFeature.AsIs("no"))).Message, StringComparison.Ordinal);
        Assert.Contains("of kind Number, got Category", Assert.Throws<DatasetException>(() => TableFeatures.Fit(Train, TableFeature.Standardized("city"))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TableFeatures.Fit(Train));
        Assert.Throws<ArgumentException>(() => TableFeatures.Fit(Train, TableFeature.Standardized("age"), TableFeature.AsIs("age")));
        Assert.Throws<ArgumentException>(() => Fit().InverseTransform("city_Oslo", 1));
        Assert.Throws<ArgumentException>(() => Fit().IndexOf("none"));
    }

    private static TableFeatures Fit() => TableFeatures.Fit(
        Train, TableFeature.AsIs("weight"), TableFeature.Standardized("age", ddof: 1), TableFeature.OneHot("city"), TableFeature.MinMax("month"));
}
