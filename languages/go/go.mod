module shop

go 1.25

require github.com/cdk-data-tier/cdk-data-tier-go/cdkdatatier v0.0.0
